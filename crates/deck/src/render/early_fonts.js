if (location.protocol !== "file:")
  for (const href of location.hash.length > 2 ? PROSE : FIRST)
    document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href }));
