// The SPARQL editor, asking this server and nobody else.
"use strict";

const place = document.getElementById("yasgui");
const plain = document.getElementById("plain");
const prefixes = JSON.parse(place.dataset.prefixes);

// Nothing is looked up elsewhere: only the completions that the editor brings along, and our prefixes.
Yasgui.Yasqe.defaults.autocompleters = ["variables"];
Yasgui.Yasr.defaults.prefixes = prefixes;
const yasgui = new Yasgui(place, {
  requestConfig: { endpoint: new URL("/sparql", location.href).href, method: "POST" },
  copyEndpointOnNewTab: false,
  persistenceId: null,
  populateFromUrl: false,
});
const tab = yasgui.getTab();
const given = plain.querySelector("textarea").value;

function put(query) {
  tab.getYasqe().setValue(query);
  tab.getYasqe().addPrefixes(Object.fromEntries(
    Object.entries(prefixes).filter(([name]) => new RegExp(`(?<![\\w-])${name}:`).test(query)),
  ));
}
put(given);
plain.hidden = true;

// Examples go into the editor, and the address follows, so that it can be sent to somebody.
for (const example of document.querySelectorAll("a.example")) {
  example.addEventListener("click", (event) => {
    event.preventDefault();
    put(new URL(example.href).searchParams.get("query"));
    tab.getYasqe().focus();
    remember();
  });
}

function remember() {
  const address = new URL(location.href);
  address.searchParams.set("query", tab.getYasqe().getValue());
  history.replaceState(null, "", address);
}
tab.getYasqe().on("query", remember);

const copy = document.getElementById("copy-python");
copy.hidden = false;
copy.addEventListener("click", async () => {
  const query = tab.getYasqe().getValue().replaceAll("\\", "\\\\").replaceAll('"""', '\\"\\"\\"');
  const program = `import musnad\n\nkg = musnad.connect("${location.origin}")\nrows = kg.sparql("""\n${query}\n""")\nprint(rows.to_df())\n`;
  copy.dataset.program = program;
  try {
    await navigator.clipboard.writeText(program);
    copy.textContent = copy.dataset.done;
  } catch {
    copy.textContent = program;
  }
});
