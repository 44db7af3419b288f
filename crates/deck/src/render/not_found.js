(async () => {
  const parts = location.pathname.split("/").slice(0, -1);
  for (let depth = parts.length; depth > 0; depth--) {
    const folder = parts.slice(0, depth).join("/") + "/";
    const answer = await fetch(folder + "about.html", { method: "HEAD" }).catch(() => null);
    if (answer && answer.ok) {
      document.getElementById("back").href = folder + "index.html";
      return;
    }
  }
})();
