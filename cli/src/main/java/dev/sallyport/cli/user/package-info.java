/** Other people's accounts: who may log in, and what they may do where and when. */
@NullMarked
package dev.sallyport.cli.user;

import org.jspecify.annotations.NullMarked;
