// Starts the page to explore GraphQL. It asks this house only, as whoever is signed in.

const place = document.getElementById("graphiql");

const EXAMPLE = `# Ctrl-Space shows what can be asked; the book on the left tells what it means.
query LatestEvents {
  economicEvents(first: 10, order: NEWEST_FIRST) {
    edges {
      node {
        id
        action { label }
        resourceQuantity { hasNumericalValue hasUnit { symbol } }
        provider { name }
        receiver { name }
      }
    }
  }
}
`;

async function fetcher(params, { headers = {} } = {}) {
  const response = await fetch(place.dataset.address, {
    method: "POST",
    credentials: "same-origin",
    headers: { ...headers, Accept: "application/json", "Content-Type": "application/json" },
    body: JSON.stringify(params),
  });
  return response.json();
}

const { React, ReactDOM, GraphiQL } = globalThis;
ReactDOM.createRoot(place).render(React.createElement(GraphiQL, { fetcher, defaultQuery: EXAMPLE }));
