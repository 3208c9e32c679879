/** The lesson on VPCs and its challenge in a real browser: a template is changed, and what was silent answers. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { RunnerOnPage, touch } from './runner.ts';
import { useBrowser, visit } from './visit.ts';

useBrowser();

const template = (folder: string): Promise<string> => readFile(`content/${folder}/template.yaml`, 'utf8');

test('an endpoint in the route table leads to DynamoDB, a route to the NAT gateway to the internet', () =>
  visit(
    'lessons/vpc/',
    async ({ page }) => {
      const runner = new RunnerOnPage(page, 'rates');
      const ask = async (to: string): Promise<string> => {
        await runner.setEvent(JSON.stringify({ to }));
        return runner.invoke();
      };
      const start = await template('lessons/06-security-and-networks/04-vpc/rates');
      expect(await runner.invoke()).toContain('Task timed out after 6.00 seconds');
      expect(await ask('orders')).toContain('result "7 orders"');
      expect(await ask('table')).toContain('Task timed out after 6.00 seconds');
      await runner.section.getByRole('tab', { name: 'template.yaml' }).click();
      const withEndpoint = start.replace('RouteTableIds: []', 'RouteTableIds: [!ImportValue PrivateRoutes]');
      await runner.edit(withEndpoint, 'template.yaml');
      expect(await ask('table')).toContain('result "1.0842"');
      expect(await ask('bank')).toContain('Task timed out after 6.00 seconds');
      await runner.edit(withEndpoint.replace('203.0.113.0/24', '0.0.0.0/0'), 'template.yaml');
      expect(await ask('bank')).toContain('result "1.0842"');
      await runner.wait('1 h');
      await runner.section.getByRole('rowheader', { name: 'NAT gateway, 1 hour', exact: true }).waitFor();
      await runner.edit('Resources: {', 'template.yaml');
      expect(await ask('bank')).toContain('ValidationError: Template format error: YAML not well-formed. (line 1');
    },
    touch,
  ));

test('the challenge is passed by its solution, and says what a malformed template is', () =>
  visit(
    'challenges/out-of-the-vpc/',
    async ({ page }) => {
      const runner = new RunnerOnPage(page, 'quote');
      const check = () => runner.until(() => runner.press('Run checks'));
      expect(await check()).toMatch(/^1 of 3 checks passed\. First failure: A quote is answered and kept\./);
      await runner.edit('Resources:\n  Quote: {', 'template.yaml');
      expect(await check()).toContain('Template format error: YAML not well-formed. (line 2');
      await runner.edit(await template('challenges/16-out-of-the-vpc/solution'), 'template.yaml');
      expect(await check()).toBe('All 3 checks passed. The challenge is done.');
    },
    touch,
  ));
