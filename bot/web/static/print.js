// A page whose one deed is to be printed. Without this script the browser's own menu prints it, so the button is hidden.

const button = document.getElementById("print");
button.hidden = false;
button.addEventListener("click", () => window.print());
