// The page's own part: where the app is reached, and opening it again once it ended.
window.addEventListener("DOMContentLoaded", () => {
  // By whichever name, and behind whichever proxy, the page was opened.
  document.getElementById("terminal").dataset.sessionWebsocketUrl =
    location.origin.replace(/^http/, "ws") + "/ws";
  window.addEventListener("load", () => {
    document.querySelector(".xterm-helper-textarea")?.focus(); // ready to type at once
  });
  document.getElementById("again").addEventListener("click", () => location.reload());
});
