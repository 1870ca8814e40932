package svasim.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

    /** The same, reset whenever its function is. */
    default DeviceModel attach(C config, DeviceHost host) {
        DeviceModel model = create(config, host);
        host.function().onReset(() -> model.reset(host.kernel().nowPs()));
        return model;
    }

    /** The driver of a device with this configuration. */
    DeviceDriver driver(C config, DriverHost host);

    /**
     * Configuration with which a guest's driver drives a device that is composed of a part of one
     * with this configuration.
     *
     * @throws IllegalArgumentException if it has no such part, as devices that cannot be divided
     */
    default C composed(C config, String part) {
        throw new IllegalArgumentException("a " + model() + " cannot be divided");
    }

    /**
     * Sentences for learners about the steps of the model's driver and programs: lines {@code step
     * = full sentence | sentence of the simple view}, below a line with their procedure in square
     * brackets. By default the text of the resource {@code sentences.txt} beside the provider.
     */
    default String sentences() {
        try (InputStream in = getClass().getResourceAsStream("sentences.txt")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
