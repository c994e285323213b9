'use client';

import { useState } from 'react';
import { admin } from '../../lib/client';
import { bytesInWords } from './bytes';
import { CELL, type Column, NUMBER, Table } from './table';
import { useList } from './use-list';

const COLUMNS: readonly Column[] = [
  ['Name', 'left'],
  ['Sessions', 'right'],
  ['Kept', 'right'],
  ['Of their share', 'right'],
];

/** Everybody, and what of their share they have used; `quota` in bytes. */
export function PeopleTable({ look, quota }: { look: number; quota: number }) {
  const [search, setSearch] = useState('');
  const { items, more } = useList(admin.people, look, search);
  return (
    <Table
      title="People"
      columns={COLUMNS}
      more={more}
      empty={search === '' ? 'Nobody has been here yet.' : `Nobody has “${search}” in their name.`}
      search={{ label: 'Search people by name', text: search, onChange: setSearch }}
      rows={
        items?.map((person) => (
          <tr key={person.id}>
            <td className={`${CELL} max-w-48 truncate`}>{person.name}</td>
            <td className={NUMBER}>{person.sessions}</td>
            <td className={NUMBER}>{bytesInWords(person.bytes)}</td>
            <td className={NUMBER}>{(person.bytes / quota).toLocaleString('en', { style: 'percent', maximumFractionDigits: 1 })}</td>
          </tr>
        )) ?? null
      }
    />
  );
}
