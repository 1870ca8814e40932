package svasim.scenario;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import svasim.binding.Extensions;
import svasim.binding.Node;
import svasim.device.DeviceModelProvider;
import svasim.guest.GuestConfig;

/**
 * The types that device models bring: the configuration of a device ({@code config} beside {@code
 * model}), and one unit of its work (the keys of a {@code submit} step beside {@code to}).
 */
public final class ScenarioExtensions implements Extensions {
    private static final String CONFIG = "config";
    private static final String WORK = "work";
    private static final String GUESTS = "guests";

    private final Map<String, DeviceModelProvider<?, ?>> models = new TreeMap<>();
    private final Node root;

    private ScenarioExtensions(Node root) {
        this.root = root;
        for (DeviceModelProvider<?, ?> provider : ServiceLoader.load(DeviceModelProvider.class)) {
            models.put(provider.model(), provider);
        }
    }

    /**
     * @param root of the scenario that is bound: a step's device is looked up in it; null if only
     *     the schema is wanted
     */
    public static ScenarioExtensions of(Node root) {
        return new ScenarioExtensions(root);
    }

    /** Every device model, by name. */
    public Map<String, DeviceModelProvider<?, ?>> models() {
        return models;
    }

    @Override
    public Class<? extends Record> typeOf(
            Class<?> holder, String component, Node.Mapping siblings) {
        if (holder == GuestSection.class) {
            return GuestConfig.class;
        }
        DeviceModelProvider<?, ?> model =
                component.equals(WORK) ? models.get(modelOf(siblings)) : model(siblings);
        if (model == null) {
            return null;
        }
        return component.equals(WORK) ? model.workType() : model.configType();
    }

    private DeviceModelProvider<?, ?> model(Node.Mapping device) {
        return models.get(text(device.get("model")));
    }

    /** Model of the device that a submit step names. */
    private String modelOf(Node.Mapping submit) {
        String device = text(submit.get("to"));
        Node own = CrossCheck.at(root, "machine", "devices", device);
        Node found = own == null ? ofGuest(device) : own;
        return found instanceof Node.Mapping map ? text(map.get("model")) : "";
    }

    /** The machine's device behind a device of some guest; null if no guest has it. */
    private Node ofGuest(String device) {
        if (CrossCheck.at(root, GUESTS) instanceof Node.Mapping guests) {
            for (String guest : guests.entries().keySet()) {
                Node its = CrossCheck.at(root, GUESTS, guest, "devices", device);
                if (its != null) {
                    return CrossCheck.at(root, "machine", "devices", physical(its));
                }
            }
        }
        return null;
    }

    /** Name of the machine's device that a guest's device is made of; empty if it names none. */
    static String physical(Node device) {
        String assigned = text(CrossCheck.at(device, "assign"));
        return assigned.isEmpty() ? text(CrossCheck.at(device, "compose")) : assigned;
    }

    private static String text(Node node) {
        return node instanceof Node.Scalar scalar ? scalar.text() : "";
    }

    @Override
    public boolean flattened(Class<?> holder, String component) {
        return component.equals(WORK) || holder == GuestSection.class;
    }

    @Override
    public Collection<Class<? extends Record>> typesOf(Class<?> holder, String component) {
        if (holder == GuestSection.class) {
            return List.of(GuestConfig.class);
        }
        if (component.equals(CONFIG)) {
            return models.values().stream().map(ScenarioExtensions::configType).toList();
        }
        return component.equals(WORK)
                ? models.values().stream().map(ScenarioExtensions::workType).toList()
                : List.of();
    }

    private static Class<? extends Record> configType(DeviceModelProvider<?, ?> model) {
        return model.configType();
    }

    private static Class<? extends Record> workType(DeviceModelProvider<?, ?> model) {
        return model.workType();
    }
}
