import { Page } from '../parts/Page';
import { ProblemNote } from '../parts/ProblemNote';
import { t } from '../text/text';

/** In place of a page that broke, or whose part could not be loaded after the server was updated. */
export function PageFailed({ error }: { error: unknown }) {
  return (
    <Page title={t('pageFailed.title')}>
      <ProblemNote error={error} onRetry={() => window.location.reload()} />
    </Page>
  );
}
