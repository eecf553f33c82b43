/** What the agent must not lose: files that are either the old or the new version, whatever breaks, and only root's to read. */
@NullMarked
package dev.sallyport.agent.state;

import org.jspecify.annotations.NullMarked;
