// A server of the newest era, made with the library that the protocol's own authors publish.
import { McpServer, acceptedContent, inputRequired } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';

const colour = z.object({ colour: z.string() });

serveStdio(() => {
    const server = new McpServer({ name: 'modern', version: '1.0.0' }, { capabilities: { tools: {} } });
    const numbers = z.object({ a: z.number(), b: z.number() });
    server.registerTool('add', { description: 'Adds two numbers.', inputSchema: numbers, outputSchema: z.object({ sum: z.number() }) },
        async ({ a, b }) => ({ content: [{ type: 'text', text: String(a + b) }], structuredContent: { sum: a + b } }));
    server.registerTool('fail', { description: 'Fails.', inputSchema: z.object({}) }, async () => { throw new Error('No luck.'); });
    server.registerTool('ask', { description: 'Asks for a colour.', inputSchema: z.object({}) }, async (_, ctx) => {
        const given = acceptedContent(ctx.mcpReq.inputResponses, 'colour', colour);
        if (given) return { content: [{ type: 'text', text: `${given.colour}, ${ctx.mcpReq.requestState()}` }] };
        const question = inputRequired.elicit({ message: 'Which colour?', requestedSchema: colour });
        return inputRequired({ inputRequests: { colour: question }, requestState: 'as asked before' });
    });
    return server;
});
