import Link from 'next/link';
import { CardPage } from './_shell/card-page';

export default function NotFound() {
  return (
    <CardPage title="There is nothing at this address">
      <p className="text-quiet">The address may be incomplete or old. If somebody sent you a link, check that all of it was copied.</p>
      <Link href="/" className="mt-4 inline-block rounded-sm text-accent hover:underline">
        My sessions
      </Link>
    </CardPage>
  );
}
