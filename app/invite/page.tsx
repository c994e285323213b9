import { InvitePage } from '../_shell/invite-page';

export const metadata = { title: 'You are invited' };

export default function Page() {
  return <InvitePage />;
}
