// For a municipality's own site. Two lines put the chat on a page:
//   <div id="voorgesprek"></div>
//   <script src="https://the-chat.example/embed.js" async></script>
// It inserts one frame from the chat's own origin and nothing else: no style, no cookie, no reading of the page.
(function () {
  "use strict";
  var script = document.currentScript;
  if (!script) return;
  var frame = document.createElement("iframe");
  frame.src = new URL("/embed", script.src).href;
  frame.title = script.getAttribute("data-title") || "Uw gesprek met de gemeente voorbereiden";
  frame.width = "100%";
  frame.height = script.getAttribute("data-height") || "720";
  frame.setAttribute("frameborder", "0");
  frame.setAttribute("allow", "clipboard-write");
  frame.referrerPolicy = "no-referrer";
  var place = document.getElementById("voorgesprek");
  if (place) place.appendChild(frame);
  else script.parentNode.insertBefore(frame, script);
})();
