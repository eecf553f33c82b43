import classes from './Wordmark.module.css';

/** The name with its gate. */
export function Wordmark({ size }: { size: number }) {
  return (
    <span className={classes.wordmark}>
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="7" className={classes.ground} />
        <path d="M8 26V15a8 8 0 0 1 16 0v11h-4.5V15.2a3.5 3.5 0 0 0-7 0V26z" fill="#fff" />
      </svg>
      Sallyport
    </span>
  );
}
