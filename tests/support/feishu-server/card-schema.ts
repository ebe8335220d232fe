const words = (line: string): string[] => line.split(" ").filter((word) => word !== "");

const BOX = "direction horizontal_spacing vertical_spacing horizontal_align vertical_align padding";
const FIELD = "name required disabled disabled_tips width confirm behaviors hover_tips";

/** Components of card JSON 2.0 and their properties, besides tag, element_id and margin. Version 2.0 refuses any other. */
const PROPERTIES: Record<string, string> = {
  // Containers
  column_set: "columns horizontal_spacing horizontal_align flex_mode background_style action",
  column: `elements width weight background_style action ${BOX}`,
  form: `elements name confirm ${BOX}`,
  interactive_container: `elements width height background_style has_border border_color corner_radius behaviors
    hover_tips disabled disabled_tips confirm ${BOX}`,
  collapsible_panel: `elements header expanded border background_color ${BOX}`,
  // Content
  div: "text icon width",
  markdown: "content text_align text_size icon href",
  img: "img_key alt title corner_radius scale_type size transparent preview mode custom_width compact_width",
  img_combination: "combination_mode combination_transparent corner_radius img_list",
  person: "size user_id show_avatar show_name style",
  person_list: "persons size lines show_name show_avatar drop_invalid_user_id icon ud_icon",
  chart: "aspect_ratio color_theme chart_spec preview height",
  table: "page_size row_height row_max_height freeze_first_column header_style columns rows",
  hr: "",
  // Interaction
  button: `type size text icon form_action_type ${FIELD}`,
  input: `label label_position placeholder default_value max_length input_type show_icon rows auto_resize max_rows value
    ${FIELD}`,
  select_static: `type placeholder options initial_option initial_index icon ${FIELD}`,
  multi_select_static: `type placeholder options selected_values ${FIELD}`,
  select_person: `type placeholder options initial_option ${FIELD}`,
  multi_select_person: `type placeholder options selected_values ${FIELD}`,
  select_img: `style multi_select layout can_preview aspect_ratio options value ${FIELD}`,
  date_picker: `placeholder initial_date value ${FIELD}`,
  picker_time: `placeholder initial_time value ${FIELD}`,
  picker_datetime: `placeholder initial_datetime value ${FIELD}`,
  overflow: `options value ${FIELD}`,
  checker: `checked overall_checkable button_area checked_style text ${FIELD}`,
};

/** Allowed properties of each component. */
export const COMPONENTS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(PROPERTIES).map(([tag, own]) => [
    tag,
    new Set(["tag", "element_id", "margin", ...own.split(/\s+/).filter((word) => word !== "")]),
  ]),
);

/** Components of version 1 that version 2.0 does not know. */
export const VERSION_1 = new Set(words("action note"));

export const CONTAINERS = new Set(words("column_set form interactive_container collapsible_panel"));

/** Components that hold a value of a form. */
export const FIELDS = new Set(
  words(
    "input select_static multi_select_static select_person multi_select_person select_img date_picker picker_time picker_datetime checker",
  ),
);

/** Components that need a name of their own inside a form. */
export const NAMED = new Set([...FIELDS, "button", "overflow"]);

export const TOP_LEVEL = new Set(words("schema config card_link header body"));
export const CONFIG = new Set(
  words(
    "streaming_mode streaming_config summary locales enable_forward update_multi width_mode use_custom_translation enable_forward_interaction style",
  ),
);
export const HEADER = new Set(words("title subtitle text_tag_list i18n_text_tag_list template icon padding"));
export const BODY = new Set(words(`elements ${BOX}`));

export const TEMPLATES = new Set(
  words("blue wathet turquoise green yellow orange red carmine violet purple indigo grey default"),
);
export const TAG_COLORS = new Set(
  words("neutral blue turquoise lime orange violet indigo wathet green yellow red purple carmine"),
);
export const BUTTON_TYPES = new Set(
  words("default primary danger text primary_text danger_text primary_filled danger_filled laser"),
);
export const BEHAVIORS = new Set(words("callback open_url form_action"));
