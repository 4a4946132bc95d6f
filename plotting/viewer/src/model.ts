// What the module is given: anywidget's model, or one that behaves like it.

export interface Model {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  save_changes(): void;
  on(event: string, f: (...args: never[]) => void): void;
  off(event: string, f?: (...args: never[]) => void): void;
  send?(content: unknown): void;
  widget_manager?: { context?: { path?: unknown } };
}

/** View is Go's viewer.View. */
export interface View { ColorBy?: string; HideLegend?: boolean; ShowTable?: boolean; Height?: number; Source?: string; Selected?: number[] | null; Focus?: number | null }

/** Kept is what else a person has set, so that it is there again. */
export interface Kept {
  by?: string; query?: string; table?: boolean; filter?: string; sort?: string; down?: boolean;
  folds?: number[]; opened?: number[]; top?: number; row?: number; zoom?: number; kept?: number[]; hidden?: number[];
}
