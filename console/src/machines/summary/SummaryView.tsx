import type { ReactNode } from 'react';
import { Facts, Fact } from '../../parts/Facts';
import { RelativeTime } from '../../parts/RelativeTime';
import sections from '../../parts/value/sections.module.css';
import { bytes, decimal, number } from '../../text/format';
import { t } from '../../text/text';
import type { SummaryFacts } from './summaryFacts';
import classes from './SummaryView.module.css';
import { UsageBar } from './UsageBar';

/** A machine's own account of itself. All of it is the machine's words, and shown as text. */
export function SummaryView({ facts }: { facts: SummaryFacts }) {
  const { host, processors, memory } = facts;
  return (
    <div className={classes.summary}>
      <Facts>
        <Fact name={t('fact.system')}>{host.system}</Fact>
        <Fact name={t('fact.kernel')}>{host.kernel}</Fact>
        <Fact name={t('fact.booted')}>{host.booted !== null && <RelativeTime time={host.booted} />}</Fact>
        <Fact name={t('fact.processor')}>{processors.model}</Fact>
        <Fact name={t('fact.cores')}>
          {processors.logical > 0 &&
            t('fact.coresOf', { cores: number(processors.cores), logical: number(processors.logical) })}
        </Fact>
        <Fact name={t('fact.load')}>{processors.load.map(decimal).join(' · ')}</Fact>
        <Fact name={t('fact.memory')}>
          {memory.total > 0 && <Usage total={memory.total} available={memory.available} />}
        </Fact>
        <Fact name={t('fact.swap')}>
          {memory.swapTotal > 0 && <Usage total={memory.swapTotal} available={memory.swapFree} />}
        </Fact>
        <Fact name={t('fact.agentUser')}>
          {host.user && (host.elevated ? t('fact.elevated', { user: host.user }) : host.user)}
        </Fact>
        <Fact name={t('fact.timeZone')}>{host.timeZone}</Fact>
      </Facts>
      <Part title={t('fact.disks')} empty={facts.mounts.length === 0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('fact.mount')}</th>
              <th scope="col">{t('fact.device')}</th>
              <th scope="col">{t('fact.type')}</th>
              <th scope="col">{t('fact.used')}</th>
            </tr>
          </thead>
          <tbody>
            {facts.mounts.map((mount, index) => (
              <tr key={index}>
                <td className="mono">{mount.point}</td>
                <td className="mono">{mount.device}</td>
                <td>{mount.readOnly ? t('fact.readOnly', { type: mount.type }) : mount.type}</td>
                <td>{mount.total > 0 ? <Usage total={mount.total} available={mount.available} /> : '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Part>
      <Part title={t('fact.network')} empty={facts.interfaces.length === 0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('fact.interface')}</th>
              <th scope="col">{t('fact.addresses')}</th>
              <th scope="col">{t('fact.mac')}</th>
              <th scope="col">{t('fact.up')}</th>
            </tr>
          </thead>
          <tbody>
            {facts.interfaces.map((each, index) => (
              <tr key={index}>
                <td className="mono">{each.name}</td>
                <td className="mono">{each.addresses.join('\n') || '–'}</td>
                <td className="mono">{each.mac || '–'}</td>
                <td>{each.up ? t('value.yes') : t('value.no')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Part>
      {facts.unsupported.length > 0 && (
        <p className={classes.note}>{t('fact.unsupported', { parts: facts.unsupported.join(', ') })}</p>
      )}
    </div>
  );
}

function Part({ title, empty, children }: { title: string; empty: boolean; children: ReactNode }) {
  return empty ? null : (
    <section className={sections.section}>
      <h3 className={sections.heading}>{title}</h3>
      <div className={sections.scroll} tabIndex={0} role="group" aria-label={title}>
        {children}
      </div>
    </section>
  );
}

function Usage({ total, available }: { total: number; available: number }) {
  const used = Math.max(0, total - available);
  return (
    <span className={classes.usage}>
      <UsageBar share={used / total} />
      {t('fact.usedOf', { used: bytes(used), total: bytes(total) })}
    </span>
  );
}
