package svasim.machine;

import java.util.List;
import java.util.ServiceLoader;
import svasim.device.DeviceModelProvider;

/** The device models that are there. */
public final class DeviceModels {
    /** Looked for once: what is on the class path does not change. */
    private static final List<DeviceModelProvider<?, ?>> MODELS = find();

    private DeviceModels() {}

    /** Every model, in the order of names. */
    public static List<DeviceModelProvider<?, ?>> all() {
        return MODELS;
    }

    private static List<DeviceModelProvider<?, ?>> find() {
        return ServiceLoader.load(DeviceModelProvider.class).stream()
                .<DeviceModelProvider<?, ?>>map(ServiceLoader.Provider::get)
                .sorted((a, b) -> a.model().compareTo(b.model()))
                .toList();
    }

    public static List<String> names() {
        return all().stream().<String>map(DeviceModelProvider::model).toList();
    }

    /**
     * @throws IllegalArgumentException if there is no such model
     */
    public static DeviceModelProvider<?, ?> named(String model) {
        return all().stream()
                .filter(provider -> provider.model().equals(model))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no device model " + model));
    }
}
