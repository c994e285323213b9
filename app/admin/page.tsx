import { AdminPage } from '../_admin/admin-page';

export const metadata = { title: 'Administration', robots: { index: false } };

export default function Page() {
  return <AdminPage />;
}
