import { expect, it } from 'vitest';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { Role } from '../../access';
import { createStore, Scope } from '../../std';
import { createApi } from '../api/api';
import { createRequest } from '../api/request';
import { SessionPeople } from './people';

it('who becomes owner while the service cannot be reached stays where they are, and no rejection is left unheard', async () => {
  const unheard: unknown[] = [];
  const hear = (reason: unknown) => unheard.push(reason);
  process.on('unhandledRejection', hear);
  const scope = new Scope();
  const role = createStore<Role>('mixer');
  const awareness = new Awareness(new Y.Doc());
  scope.add(() => awareness.destroy());
  const api = createApi(createRequest(() => Promise.reject(new TypeError('no line'))));
  const me = { id: 'ana', name: 'Ana', color: 1 };
  const people = new SessionPeople({ api, session: 'song', me, role, awareness, scope });
  role.set('owner');
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect([unheard, people.here.get().map((person) => person.role)]).toEqual([[], ['owner']]);
  process.off('unhandledRejection', hear);
  scope.close();
});
