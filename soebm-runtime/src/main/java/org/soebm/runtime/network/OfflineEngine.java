package org.soebm.runtime.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;

/**
 * The tensor engine, kept off the network: DJL reports its use and downloads native libraries unless two system
 * properties say otherwise before it loads. They are set where they are not set yet, so whoever wants DJL to download
 * its library says so with {@code -Dai.djl.offline=false}. Everything in the runtime takes the engine from here.
 */
public final class OfflineEngine {
    private OfflineEngine() {}

    /** Sets the properties; to be called before anything of DJL that loads an engine. */
    public static void prepare() {
        setIfUnset("ai.djl.offline");
        setIfUnset("OPT_OUT_TRACKING");
    }

    /** The engine. */
    public static Engine get() {
        prepare();
        return Engine.getInstance();
    }

    /** Starts the engine's random numbers anew. */
    public static void seed(long seed) {
        get().setRandomSeed(Math.toIntExact(Math.floorMod(seed, 1L << 31)));
    }

    /** Memory for tensors on a device; to be closed. */
    public static NDManager newManager(Device device) {
        prepare();
        return NDManager.newBaseManager(device);
    }

    private static void setIfUnset(String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, "true");
        }
    }
}
