/**
 * Plans hospital beds for the next seven days of an epidemic. The network predicts infection rates, a simulation turns
 * them into beds, and no expectation has a closed form. Written as a user of the library would write it.
 */
@NullMarked
package org.soebm.examples.covidbeds;

import org.jspecify.annotations.NullMarked;
