export const handler = async () => {
  const sampled = process.env._X_AMZN_TRACE_ID.includes('Sampled=1');
  console.log(sampled ? 'traced' : 'skipped');
  return { sampled };
};
