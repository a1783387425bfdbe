package dev.tiphys.triggers.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a task's main container runs. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Work.Container.class, name = "container"),
  @JsonSubTypes.Type(value = Work.Script.class, name = "script")
})
public sealed interface Work {
  String image();

  List<Text> command();

  SortedMap<String, Text> env();

  /** A command and its arguments; an empty command means the image's own. */
  record Container(String image, List<Text> command, List<Text> args, SortedMap<String, Text> env)
      implements Work {
    public Container {
      command = List.copyOf(command);
      args = List.copyOf(args);
      env = Collections.unmodifiableSortedMap(new TreeMap<>(env));
    }
  }

  /** A command that gets a file with the source as its last argument. */
  record Script(String image, List<Text> command, Text source, SortedMap<String, Text> env)
      implements Work {
    public Script {
      command = List.copyOf(command);
      env = Collections.unmodifiableSortedMap(new TreeMap<>(env));
    }
  }
}
