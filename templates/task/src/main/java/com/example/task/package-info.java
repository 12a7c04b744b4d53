/** A task plug-in to start from. */
@NullMarked
package com.example.task;

import org.jspecify.annotations.NullMarked;
