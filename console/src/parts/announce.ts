/** Tells a screen reader what happened elsewhere on the page; the shell holds the place it is read from. */
export function announce(text: string): void {
  const region = document.getElementById('announcements');
  if (region !== null) {
    region.textContent = text;
  }
}
