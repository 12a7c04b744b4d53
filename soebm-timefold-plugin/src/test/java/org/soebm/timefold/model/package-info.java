/** Tests of models that exist already, on a roster small enough to try every assignment. */
package org.soebm.timefold.model;
