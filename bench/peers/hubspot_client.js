// Loads a generated CSV file with HubSpot's own client, as a careful script would: 100 records a
// request, several requests at a time. Usage: node hubspot_client.js FILE CONNECTIONS, with
// HUBSPOT_TOKEN and HUBSPOT_BASE_URL in the environment.
'use strict';

const fs = require('fs');
const hubspot = require('@hubspot/api-client');
const { parse } = require('csv-parse');

const PROPERTIES = {
  id: 'hs_external_reference_id',
  amount: 'hs_initial_amount',
  created: 'hs_initiated_date',
  currency: 'hs_currency_code',
  status: 'hs_latest_status',
  method: 'hs_payment_method_type',
  email: 'hs_customer_email',
  description: 'hs_internal_comment',
};

const client = new hubspot.Client({
  accessToken: process.env.HUBSPOT_TOKEN,
  basePath: process.env.HUBSPOT_BASE_URL,
});

function inputOf(row) {
  const properties = {};
  for (const [column, property] of Object.entries(PROPERTIES)) properties[property] = row[column];
  return { properties, associations: [] };
}

async function* batches(file) {
  let batch = [];
  for await (const row of fs.createReadStream(file).pipe(parse({ columns: true }))) {
    batch.push(inputOf(row));
    if (batch.length < 100) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function send(inputs) {
  const answer = await client.crm.objects.batchApi.create('commerce_payments', { inputs });
  if (answer.results.length !== inputs.length) throw new Error('not all were created');
}

async function worker(source) {
  for (;;) {
    const { value, done } = await source.next();
    if (done) return;
    await send(value);
  }
}

async function main() {
  const source = batches(process.argv[2]);
  const workers = Array.from({ length: Number(process.argv[3]) }, () => worker(source));
  await Promise.all(workers);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
