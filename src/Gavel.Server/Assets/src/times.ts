import { findAll } from "./dom";

/** Shows instants in the reader's own time zone; the server wrote them in UTC. */
export function showLocalTimes(): void {
  const format = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
  for (const time of findAll<HTMLTimeElement>("time[datetime]")) {
    const instant = new Date(time.dateTime);
    if (Number.isNaN(instant.getTime())) continue;
    time.title = instant.toISOString();
    time.textContent = format.format(instant);
  }
}
