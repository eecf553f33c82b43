/** Looking at files; paths come from the operator and are used as the operating system spells them. */
@NullMarked
package dev.sallyport.operation.file;

import org.jspecify.annotations.NullMarked;
