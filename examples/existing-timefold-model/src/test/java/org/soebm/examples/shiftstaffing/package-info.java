/** Tests of the store's model, with and without learning. */
package org.soebm.examples.shiftstaffing;
