import { z } from '@hono/zod-openapi';
import {
  commentSchema,
  commentsReadSchema,
  createCommentRequest,
  decideRequest,
  pastMixSchema,
  patchCommentRequest,
  readCommentsRequest,
  replyRequest,
  resolveRequest,
} from '../../lib/protocol';
import { type Api, createApi, describeRoute, idParameter, jsonBody, jsonOf, NOTHING, whoAsks } from '../http/api';
import type { Guard } from '../http/guard';
import type { Comments } from './service';
import type { UnreadComments } from './unread';

const tags = ['Comments'];
const session = z.object({ id: idParameter });
const params = z.object({ id: idParameter, commentId: idParameter });
const replyParams = params.extend({ replyId: idParameter });
const ALL = '/api/sessions/{id}/comments';
const ONE = `${ALL}/{commentId}` as const;
const answer = { 200: jsonOf('The comment as it now is', commentSchema) } as const;

const list = describeRoute({
  method: 'get',
  path: ALL,
  tags,
  summary: 'Comments, in the order of the song',
  description: 'Those that wait for approval are told to who wrote them, to mixers and to the owner only.',
  request: { params: session },
  responses: { 200: jsonOf('The comments', z.array(commentSchema)) },
});
const create = describeRoute({
  method: 'post',
  path: ALL,
  tags,
  summary: 'Comment on a moment or a stretch, and suggest changes',
  description:
    "Where the owner allows it, a listener's comment is taken as `pending`. Suggested changes are checked against the controls that " +
    'the mix has, and change nothing before somebody who mixes accepts them.',
  request: { params: session, body: jsonBody(createCommentRequest) },
  responses: { 201: jsonOf('The comment', commentSchema) },
});
const edit = describeRoute({
  method: 'patch',
  path: ONE,
  tags,
  summary: 'Change my comment',
  request: { params, body: jsonBody(patchCommentRequest) },
  responses: answer,
});
const remove = describeRoute({
  method: 'delete',
  path: ONE,
  tags,
  summary: 'Delete a comment and its replies',
  request: { params },
  responses: { 204: NOTHING },
});
const approve = describeRoute({
  method: 'post',
  path: `${ONE}/approve`,
  tags,
  summary: 'Publish a comment that waits',
  request: { params },
  responses: answer,
});
const resolve = describeRoute({
  method: 'post',
  path: `${ONE}/resolve`,
  tags,
  summary: 'Resolve a comment, or open it again',
  request: { params, body: { required: false, content: { 'application/json': { schema: resolveRequest } } } },
  responses: answer,
});
const reply = describeRoute({
  method: 'post',
  path: `${ONE}/replies`,
  tags,
  summary: 'Reply',
  request: { params, body: jsonBody(replyRequest) },
  responses: { 201: jsonOf('The comment with its replies', commentSchema) },
});
const editReply = describeRoute({
  method: 'patch',
  path: `${ONE}/replies/{replyId}`,
  tags,
  summary: 'Change my reply',
  request: { params: replyParams, body: jsonBody(replyRequest) },
  responses: answer,
});
const removeReply = describeRoute({
  method: 'delete',
  path: `${ONE}/replies/{replyId}`,
  tags,
  summary: 'Delete a reply',
  request: { params: replyParams },
  responses: answer,
});

const read = describeRoute({
  method: 'post',
  path: `${ALL}/read`,
  tags,
  summary: 'I have seen the comments',
  description: 'All until `through`, or all there are. The mark never goes back.',
  request: { params: session, body: { required: false, content: { 'application/json': { schema: readCommentsRequest } } } },
  responses: { 200: jsonOf('Until when I have seen them', commentsReadSchema) },
});
const mix = describeRoute({
  method: 'get',
  path: `${ONE}/mix`,
  tags,
  summary: 'The mix that a comment spoke of',
  responses: { 200: jsonOf('The records of the mix', pastMixSchema) },
  request: { params },
});
const decide = describeRoute({
  method: 'post',
  path: `${ONE}/decide`,
  tags,
  summary: 'Accept or decline what a comment suggests',
  description: 'Accepting carries it out as one gesture, as far as the mix is not so already, and resolves the thread.',
  request: { params, body: jsonBody(decideRequest) },
  responses: answer,
});

export function commentRoutes(comments: Comments, unread: UnreadComments, guard: Guard): Api {
  const api = createApi();
  api.openapi(list, async (context) => context.json(await comments.list(whoAsks(context), context.req.valid('param').id), 200));
  api.openapi(read, async (context) => {
    const { through } = context.req.valid('json');
    const commentsReadAt = await unread.seen(whoAsks(context), context.req.valid('param').id, through);
    return context.json({ commentsReadAt }, 200);
  });
  api.openapi(mix, async (context) => {
    const { id, commentId } = context.req.valid('param');
    const user = whoAsks(context);
    await guard.history(context);
    return context.json(await comments.mix(user, id, commentId), 200);
  });
  api.openapi(decide, async (context) => {
    const { id, commentId } = context.req.valid('param');
    return context.json(await comments.decide(whoAsks(context), id, commentId, context.req.valid('json').accepted), 200);
  });
  api.openapi(create, async (context) => {
    const user = whoAsks(context);
    await guard.comments(context);
    return context.json(await comments.create(user, context.req.valid('param').id, context.req.valid('json')), 201);
  });
  api.openapi(edit, async (context) => {
    const { id, commentId } = context.req.valid('param');
    const user = whoAsks(context);
    await guard.comments(context);
    return context.json(await comments.edit(user, id, commentId, context.req.valid('json')), 200);
  });
  api.openapi(remove, async (context) => {
    const { id, commentId } = context.req.valid('param');
    await comments.remove(whoAsks(context), id, commentId);
    return context.body(null, 204);
  });
  api.openapi(approve, async (context) => {
    const { id, commentId } = context.req.valid('param');
    return context.json(await comments.approve(whoAsks(context), id, commentId), 200);
  });
  api.openapi(resolve, async (context) => {
    const { id, commentId } = context.req.valid('param');
    const { resolved = true } = context.req.valid('json');
    return context.json(await comments.resolve(whoAsks(context), id, commentId, resolved), 200);
  });
  api.openapi(reply, async (context) => {
    const { id, commentId } = context.req.valid('param');
    const user = whoAsks(context);
    await guard.comments(context);
    return context.json(await comments.reply(user, id, commentId, context.req.valid('json')), 201);
  });
  api.openapi(editReply, async (context) => {
    const { id, commentId, replyId } = context.req.valid('param');
    const user = whoAsks(context);
    await guard.comments(context);
    return context.json(await comments.editReply(user, id, commentId, replyId, context.req.valid('json')), 200);
  });
  api.openapi(removeReply, async (context) => {
    const { id, commentId, replyId } = context.req.valid('param');
    return context.json(await comments.removeReply(whoAsks(context), id, commentId, replyId), 200);
  });
  return api;
}
