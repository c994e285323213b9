/** People and sessions at our server, made as any program makes them. */
export interface Guest {
  readonly id: string;
  readonly cookie: string;
}

async function ask<T>(url: string, method: string, path: string, cookie: string, body?: object): Promise<{ body: T; cookie: string }> {
  const answer = await fetch(url + path, {
    method,
    headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  const set = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  const text = await answer.text();
  return { body: (text ? JSON.parse(text) : null) as T, cookie: set.join('; ') || cookie };
}

export async function guests(url: string, count: number): Promise<Guest[]> {
  const made: Guest[] = [];
  for (let n = 0; n < count; n++) {
    const { body, cookie } = await ask<{ user: { id: string } }>(url, 'POST', '/api/guests', '', { name: `Guest ${n + 1}` });
    made.push({ id: body.user.id, cookie });
  }
  return made;
}

/** A session of the first of these people, with the others in it; returns its id. */
export async function sessionOf(url: string, people: readonly Guest[], role = 'mixer'): Promise<string> {
  const [owner, ...others] = people;
  if (!owner) throw new Error('A session is somebody’s.');
  const { body } = await ask<{ id: string }>(url, 'POST', '/api/sessions', owner.cookie, { title: 'A song' });
  if (others.length === 0) return body.id;
  const { body: invite } = await ask<{ token: string }>(url, 'POST', `/api/sessions/${body.id}/invites`, owner.cookie, { role });
  for (const { cookie } of others) await ask(url, 'POST', '/api/invites/redeem', cookie, { token: invite.token });
  return body.id;
}

export async function changeRole(url: string, owner: Guest, session: string, user: Guest, role: string): Promise<void> {
  await ask(url, 'PATCH', `/api/sessions/${session}/members/${user.id}`, owner.cookie, { role });
}
