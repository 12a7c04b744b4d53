/** Buys several products within a shared budget before their demand is known. Uses nothing but the api of SO-EBM. */
@NullMarked
package com.example.newsvendor;

import org.jspecify.annotations.NullMarked;
