package org.soebm.runtime.network;

/** How the network is run in training steps. */
public enum ForwardMode {
    /** With dropout, and batch norm by the batch's statistics, whose running average is updated. */
    REGULARISED,
    /** With dropout, but with batch norm's running statistics left as they are: fine-tuning. */
    FROZEN_STATISTICS
}
