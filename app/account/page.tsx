import { AccountPage } from '../_account/account-page';

export const metadata = { title: 'My account' };

export default function Page() {
  return <AccountPage />;
}
