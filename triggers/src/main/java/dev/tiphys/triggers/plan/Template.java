package dev.tiphys.triggers.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What a step can run: a task, or a scope of further steps. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TaskTemplate.class, name = "task"),
  @JsonSubTypes.Type(value = StepsTemplate.class, name = "steps")
})
public sealed interface Template permits TaskTemplate, StepsTemplate {
  String name();

  List<Input> inputs();
}
