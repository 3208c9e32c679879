// Stands in for a query that gives one part of the report.
const query = (size) => new Promise((resolve) => setTimeout(resolve, 1000, 'x'.repeat(size)));

export const handler = awslambda.streamifyResponse(async (event, stream) => {
  const { parts = 5, size = 20 } = event.queryStringParameters ?? {};
  const atOnce = event.rawPath === '/at-once';
  let collected = '';
  for (let part = 1; part <= parts; part += 1) {
    const rows = `part ${part} ${await query(Number(size))}\n`;
    console.log(`part ${part} is there`);
    if (atOnce) collected += rows;
    else stream.write(rows);
  }
  stream.write(collected);
  stream.end();
});
