/* Comfort only: every text, table and chart is on the page without this script. */
document.querySelectorAll("[data-print]").forEach(function (button) {
  button.hidden = false;
  button.onclick = function () { window.print(); };
});
