// The city whose time a browser keeps, to begin with: nothing is sent before the form is.
const city = document.querySelector("[data-zone]");
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
if (city && !city.value && zone.includes("/")) city.value = zone.split("/").pop().replaceAll("_", " ");
