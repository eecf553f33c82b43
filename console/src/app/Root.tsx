import { useQuery } from '@tanstack/react-query';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ProblemNote } from '../parts/ProblemNote';
import { Gate } from '../session/Gate';
import { InvitationPage } from '../session/InvitationPage';
import { LoginPage } from '../session/LoginPage';
import { sessionQuery } from '../session/session';
import { SetupPage } from '../session/SetupPage';
import { t } from '../text/text';
import { Shell } from './Shell';

/**
 * Decides by the session what an address shows: the page itself, or the log-in in its place (the address stays, so that
 * a link survives logging in), or the first set-up.
 */
export function Root() {
  const session = useQuery(sessionQuery);
  const navigate = useNavigate();
  const location = useRouterState({ select: state => state.location });
  const atSetup = location.pathname === '/setup';
  const toMachines = () => void navigate({ to: '/machines', replace: true });
  const leaveSetup = atSetup && Boolean(session.data);
  useEffect(() => {
    if (leaveSetup) {
      toMachines();
    }
  });

  if (session.isError) {
    return (
      <Gate title={t('gate.failed')}>
        <ProblemNote error={session.error} onRetry={() => void session.refetch()} />
      </Gate>
    );
  }
  if (session.data === undefined || leaveSetup) {
    return null;
  }
  if (session.data === null) {
    const token = (location.search as { token?: string }).token ?? '';
    if (location.pathname === '/invitation') {
      return <InvitationPage token={token} onDone={toMachines} />;
    }
    return atSetup ? <SetupPage offeredToken={token} onDone={toMachines} /> : <LoginPage />;
  }
  return (
    <Shell session={session.data}>
      <Outlet />
    </Shell>
  );
}
