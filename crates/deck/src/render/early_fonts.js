if (location.protocol !== "file:")
  for (const href of FONTS)
    document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href }));
