package org.soebm.runtime.learning;

/** How the network is run in training steps. */
enum ForwardMode {
    /** With dropout and batch norm by the batch's statistics, whose running average is updated. */
    REGULARISED,
    /** Without dropout and with batch norm's running statistics left as they are, as in inference. */
    AS_IN_INFERENCE
}
