import { z } from '@hono/zod-openapi';
import { chatMessage } from '../../lib/protocol';
import { type Api, createApi, idParameter, jsonOf, routesOf, whoAsks } from '../http/api';
import type { Chat } from './service';

const MOST = 200;
const route = routesOf('Chat');

const list = route('get', '/api/sessions/{id}/chat', 'The last messages of the chat, the oldest of them first', {
  description: 'New ones are written and told on the live line, by `chat`.',
  request: {
    params: z.object({ id: idParameter }),
    query: z.object({
      limit: z.coerce.number().int().min(1).max(MOST).default(MOST),
      before: idParameter.optional().openapi({ description: 'The id of a message: only those before it' }),
    }),
  },
  responses: { 200: jsonOf('The messages', z.array(chatMessage)) },
});

export function chatRoutes(chat: Chat): Api {
  const api = createApi();
  api.openapi(list, async (context) => {
    const { limit, before } = context.req.valid('query');
    return context.json(await chat.list(whoAsks(context), context.req.valid('param').id, limit, before), 200);
  });
  return api;
}
