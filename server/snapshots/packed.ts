import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';

const deflated = promisify(deflate) as (text: string) => Promise<Buffer>;
const inflated = promisify(inflate) as (bytes: Uint8Array) => Promise<Buffer>;

/** JSON, deflated: what kept mixes are in the database. */
export const packed = (value: unknown): Promise<Buffer> => deflated(JSON.stringify(value));
export const unpacked = async <T>(bytes: Uint8Array): Promise<T> => JSON.parse((await inflated(bytes)).toString('utf8')) as T;
