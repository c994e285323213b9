import { DemoPage } from '../_shell/demo-page';

export const metadata = { title: 'The demo song' };

export default function Page() {
  return <DemoPage />;
}
