import { Home } from './_home/home';

export default function Page() {
  return <Home />;
}
