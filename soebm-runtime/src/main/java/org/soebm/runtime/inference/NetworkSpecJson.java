package org.soebm.runtime.inference;

import com.google.gson.JsonDeserializationContext;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.soebm.api.task.GraphConvolutionSpec;
import org.soebm.api.task.GruSpec;
import org.soebm.api.task.LinearSpec;
import org.soebm.api.task.MultilayerPerceptronSpec;
import org.soebm.api.task.NetworkSpec;

/** A network's layers as JSON: the record's components, and its kind by name. */
final class NetworkSpecJson implements JsonSerializer<NetworkSpec>, JsonDeserializer<NetworkSpec> {
    private static final String KIND = "kind";
    private static final Map<String, Class<? extends NetworkSpec>> KINDS = Map.of(
            "linear", LinearSpec.class,
            "multilayer-perceptron", MultilayerPerceptronSpec.class,
            "gru", GruSpec.class,
            "graph-convolution", GraphConvolutionSpec.class);

    @Override
    public JsonElement serialize(NetworkSpec spec, Type type, JsonSerializationContext context) {
        JsonObject json = new JsonObject();
        KINDS.forEach((name, kind) -> {
            if (kind == spec.getClass()) {
                json.addProperty(KIND, name);
            }
        });
        context.serialize(spec, spec.getClass()).getAsJsonObject().asMap().forEach(json::add);
        return json;
    }

    @Override
    public NetworkSpec deserialize(JsonElement json, Type type, JsonDeserializationContext context) {
        return context.deserialize(json, kind(json));
    }

    /** The record that some JSON becomes. */
    static Class<? extends NetworkSpec> kind(JsonElement json) {
        JsonElement name = json.isJsonObject() ? json.getAsJsonObject().get(KIND) : null;
        @Nullable
        Class<? extends NetworkSpec> kind =
                name instanceof JsonPrimitive primitive ? KINDS.get(primitive.getAsString()) : null;
        if (kind == null) {
            throw new JsonParseException("the network's kind is " + name + ", but must be one of "
                    + KINDS.keySet().stream().sorted().collect(Collectors.joining(", ")) + ".");
        }
        return kind;
    }
}
