import { createAccount } from './sandbox/account.ts';
export async function run(body,{memory=1769,timeout=900,runtime='nodejs24.x',event={},raw}={}){const account=await createAccount({seed:7});
await account.lambda.createFunction({FunctionName:'p',Runtime:runtime,Handler:'index.handler',Code:{Files:{'index.mjs':raw??`export const handler = async (event, context) => { ${body} };`}},MemorySize:memory,Timeout:timeout});
const t=process.cpuUsage().user/1000;const r=await account.lambda.invoke({FunctionName:'p',Payload:JSON.stringify(event)});const real=process.cpuUsage().user/1000-t;account.dispose();return{real,payload:r.Payload,err:r.FunctionError,dur:r.trace.durationMs,logs:r.trace.logs,mem:r.trace.maxMemoryUsedMB}}
if(process.argv[1].endsWith('run.tmp.mjs'))for(const b of process.argv.slice(2)){const r=await run(b);console.log(r.real.toFixed(0)+'ms real',r.dur+'ms virtual',r.mem+'MB',String(r.payload).slice(0,200))}
