/**
 * The proving ground: networks as customers have them, built from namespaces, and what must get through each. {@code acceptance/scene} runs
 * them by hand, {@code ScenesTest} with all other tests.
 */
@NullMarked
package dev.sallyport.acceptance.scene;

import org.jspecify.annotations.NullMarked;
