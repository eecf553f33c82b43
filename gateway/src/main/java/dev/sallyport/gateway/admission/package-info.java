/**
 * Who may knock, and how often. All tables here are bounded, and what a flood of strangers writes into one never pushes out
 * what honest agents wrote into another.
 */
@NullMarked
package dev.sallyport.gateway.admission;

import org.jspecify.annotations.NullMarked;
