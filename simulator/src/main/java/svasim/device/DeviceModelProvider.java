package svasim.device;

import java.util.Map;
import java.util.Set;

/**
 * Offered by every device model; found through {@link java.util.ServiceLoader}. Providers have no
 * state.
 *
 * @param <C> configuration of the device, bound to the {@code config} object of a scenario
 * @param <W> one unit of work, bound to the {@code submit} step of a program; without the component
 *     {@code to} and {@code as}, which the step has itself
 */
public interface DeviceModelProvider<C extends Record, W extends Record> {
    /** Name used in scenario files, for example {@code "dsa"}. */
    String model();

    /** One line for lists. */
    String summary();

    /** Record of the configuration; every component may be absent (null). */
    Class<C> configType();

    /** The configuration of a device of which a scenario says nothing. */
    C defaults();

    /** Record of one unit of work; absent components are null. */
    Class<W> workType();

    /** Components of {@link #workType} that name a buffer of the process. */
    Set<String> bufferKeys();

    /** The function that {@link #create} expects. */
    FunctionProfile profile(C config);

    /** Builds the hardware behind a function that was made from {@link #profile}. */
    DeviceModel create(C config, DeviceHost host);

    /** The driver of a device with this configuration. */
    DeviceDriver driver(C config, DriverHost host);

    /**
     * Sentences for learners, by what they explain: a step's label ({@code "idxd_cdev_open/bind"})
     * or a trace kind's name. They may name the fields of the kind in braces.
     */
    default Map<String, String> sentences() {
        return Map.of();
    }
}
