import { z } from 'zod';
import { compileTemplate } from './compileTemplate.ts';

/** Zod schema of a template such as `{source}:{component}`; one whose braces do not match is refused with the reason. */
export const templateText = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    try {
      compileTemplate(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as RangeError).message });
    }
  })
  .meta({ title: 'template' });
