import * as z from 'zod';
import { hoursSchema } from './schema-hours.ts';
import { hotlineNormSchema } from './schema-norm.ts';
import { contextName, flag, labelName, listOf, phoneNumber, text } from './setting.ts';

const contexts = (description: string) => listOf(contextName('A dialplan context.'), description);

/** One published hotline. */
export const hotlineSchema = z.strictObject({
  name: labelName('The label in metrics; unique within its exchange.'),
  title: text({ description: 'What people call it; by default the name.' }).optional(),
  pbx: text({
    description: 'Exchange it is on; may be left out where there is one only.',
    expected: 'the name of an exchange under pbxs',
  }).optional(),
  kind: z.enum(['attendant', 'people']).meta({
    description:
      'attendant: a machine picks up first and passes callers on (targets auto and transfer); people: only people answer (target direct).',
  }),
  numbers: z.array(phoneNumber('One number, as the trunk delivers it.')).min(1).meta({
    description:
      'Its numbers exactly as the trunk delivers them (the extension the call enters the dialplan with).',
    expected: 'a list of at least one number',
  }),
  trunks: listOf(
    text({ description: 'Name of a trunk of its exchange.', expected: 'the name of a trunk' }),
    'Trunks its calls come in on. Without trunks and contexts: any configured trunk that is not inter-exchange.',
  ),
  contexts: contexts(
    'Contexts its calls come in on; a call counts on one of the trunks or in one of the contexts.',
  ),
  attendantContexts: contexts('Contexts in which the attendant speaks.'),
  voicemailContexts: contexts('Contexts that are a voicemail, besides the application VoiceMail.'),
  callbackContexts: contexts(
    'Contexts that take a call-back request; it counts as a voicemail with a message.',
  ),
  closedContexts: contexts('Contexts that announce hours and emergency number when closed.'),
  queues: listOf(
    text({ description: 'Name of a queue of its exchange.', expected: 'the name of a queue' }),
    'Queues its callers are put into.',
  ),
  emergency: flag('An emergency hotline: open and scored at all hours.').default(false),
  emergencyContexts: contexts('Branches of the attendant that are for emergencies: scored at all hours.'),
  hours: hoursSchema.optional(),
  testNumbers: listOf(
    phoneNumber('One number, as the trunk delivers it.'),
    'Test and inspection callers: counted apart, in no rate.',
  ),
  norm: hotlineNormSchema.optional(),
});
